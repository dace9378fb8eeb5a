// How an invented master is told from the publisher's: every name in it says so, on the screen too.
import { type Cells, cellOf } from './cells.ts'

export const sampleMark = '（見本）'

export const isSampleRow = (cells: Cells): boolean => cellOf(cells, 'name').endsWith(sampleMark)
