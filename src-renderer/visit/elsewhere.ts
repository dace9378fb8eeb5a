// Another desk of the site goes on with the visit, or did when nothing more was heard of it: here it is only looked at.
import type { VisitView } from '../../src-main/contract/reception.ts'

export const isElsewhere = ({ desk }: Pick<VisitView, 'desk'>): boolean => desk?.had === 'there' || desk?.had === 'gone'
