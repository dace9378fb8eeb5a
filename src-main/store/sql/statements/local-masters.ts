// The statements of the national masters of local schemes.
import { statement } from '../work.ts'

export const localMastersStatements = {
  // A few a year.
  masterIssues: statement('SELECT id, issued_on, imported_at, rows, is_sample FROM master_issues ORDER BY id DESC'),
  addMasterIssue: statement(`
    INSERT INTO master_issues (issued_on, imported_at, rows, is_sample)
    VALUES (@issuedOn, @importedAt, @count, @isSample) RETURNING id`),
  // All of the newest issue, out of its index: what another one is compared with.
  masterStanding: statement('SELECT digest, scheme FROM local_schemes WHERE until_issue IS NULL'),
  addLocalScheme: statement(`
    INSERT INTO local_schemes (payer_number, scheme, valid_from, valid_to, from_issue, digest, content)
    VALUES (@payerNumber, @scheme, @validFrom, @validTo, @issue, @digest, @content)`),
  endLocalScheme: statement('UPDATE local_schemes SET until_issue = ? WHERE digest = ? AND until_issue IS NULL'),
  localSchemesOf: statement(`
    SELECT content FROM local_schemes
    WHERE payer_number = @payerNumber AND valid_from <= @day AND @day <= valid_to
      AND from_issue <= @issue AND (until_issue IS NULL OR until_issue > @issue)
    ORDER BY id`),
}
