// The statements of the clinic’s orders on the claim and of the helps it uses.
import type Database from 'better-sqlite3'

export const claimOrdersStatements = (database: Database.Database) => ({
  // One row for each combination a clinic has met: a handful.
  claimOrders: database.prepare('SELECT sequence FROM claim_orders'),
  claimOrder: database.prepare('SELECT sequence FROM claim_orders WHERE combination = ?'),
  saveClaimOrder: database.prepare(`
    INSERT INTO claim_orders (combination, sequence, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET sequence = excluded.sequence, chosen_at = excluded.chosen_at`),
  dropClaimOrder: database.prepare('DELETE FROM claim_orders WHERE combination = ?'),
  chosenHelps: database.prepare('SELECT choice FROM chosen_helps'),
  chosenHelpsOf: database.prepare('SELECT choice FROM chosen_helps WHERE combination = ?'),
  saveChosenHelps: database.prepare(`
    INSERT INTO chosen_helps (combination, choice, chosen_at) VALUES (?, ?, ?)
    ON CONFLICT (combination) DO UPDATE SET choice = excluded.choice, chosen_at = excluded.chosen_at`),
  dropChosenHelps: database.prepare('DELETE FROM chosen_helps WHERE combination = ?'),
})
