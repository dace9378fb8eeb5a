-- A card counts until the end of the third month after the month in which its certificate ended (card/certificate.ts), and
-- so long it is known and brings the patient's number. From here on certificate_ends_on is that day; a link that ended at
-- the certificate's own day was forgotten at every start of the program while the card still counted.
UPDATE card_links SET certificate_ends_on = date(certificate_ends_on, 'start of month', '+4 months', '-1 day')
  WHERE certificate_ends_on <> '';
UPDATE card_links SET expires_on = certificate_ends_on WHERE brings_number = 1 AND certificate_ends_on <> '';
