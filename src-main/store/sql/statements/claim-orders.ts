// The statements of the clinic’s orders on the claim and of the helps it uses.
import { statement } from '../work.ts'

export const claimOrdersStatements = {
  // One row for each combination a clinic has met: a handful.
  claimOrders: statement('SELECT sequence FROM claim_orders'),
  claimOrder: statement('SELECT sequence FROM claim_orders WHERE combination = ?'),
  saveClaimOrder: statement(`
    INSERT INTO claim_orders (combination, sequence, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET sequence = excluded.sequence, chosen_at = excluded.chosen_at`),
  dropClaimOrder: statement('DELETE FROM claim_orders WHERE combination = ?'),
  chosenHelps: statement('SELECT choice FROM chosen_helps'),
  chosenHelpsOf: statement('SELECT choice FROM chosen_helps WHERE combination = ?'),
  saveChosenHelps: statement(`
    INSERT INTO chosen_helps (combination, choice, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET choice = excluded.choice, chosen_at = excluded.chosen_at`),
  dropChosenHelps: statement('DELETE FROM chosen_helps WHERE combination = ?'),
}
