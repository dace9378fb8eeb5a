// Visits that are only looked at here: of another desk of the site, or copies of what the site has, at a desk that is alone.
import type { VisitView } from '../../src-main/contract/reception.ts'

type Whose = Pick<VisitView, 'desk' | 'isCopy'>

/** Another desk goes on with it, or did when nothing more was heard of that. */
export const isElsewhere = ({ desk }: Pick<Whose, 'desk'>): boolean => desk?.had === 'there' || desk?.had === 'gone'

/** Nothing about it can be changed here now. */
export const isReadOnly = (visit: Whose): boolean => isElsewhere(visit) || visit.isCopy === true
