// All sections of the guide, in the order in which they are read.
import { answerSections } from './answers.ts'
import { careSections } from './care.ts'
import { counterSections } from './counter.ts'
import { outsideSections } from './outside.ts'
import type { Section } from './section.ts'
import { staffSections } from './staff.ts'

const sections = { ...counterSections, ...answerSections, ...outsideSections, ...staffSections, ...careSections }
export type SectionId = keyof typeof sections

export const sectionIds = Object.keys(sections) as SectionId[]

export const sectionOf = (id: SectionId): Section => sections[id]
