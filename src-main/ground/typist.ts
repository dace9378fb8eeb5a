// Who has typed a command, in the audit trail: the user of the computer, in the place of an id of the staff. Nobody of the list of
// staff is signed in on a command line, and none of their ids reads like this.

const typed = 'command:'

/** '': the system has no name for them. */
export const typedBy = (user: string): string => `${typed}${user}`

/** null: it is no such id. */
export const typistOf = (staffId: string | null): string | null =>
  staffId?.startsWith(typed) ? staffId.slice(typed.length) : null
