-- When a visit was confirmed stands in the body of its confirmation from here on. Files that are made anew took the time of
-- the visit's last change for it, which another patient number or a decision of staff moves on.
CREATE TEMP TABLE confirmed_times AS
  SELECT visit_id, max(at) AS at FROM audit WHERE event = 'confirmed' GROUP BY visit_id;
CREATE UNIQUE INDEX confirmed_times_of_visit ON confirmed_times (visit_id);

UPDATE confirmations SET body = json_set(body, '$.confirmedAt', coalesce(
  (SELECT at FROM confirmed_times WHERE visit_id = confirmations.visit_id),
  (SELECT updated_at FROM visits WHERE id = confirmations.visit_id)));

DROP TABLE confirmed_times;
