// What is set once and looked at seldom has one word in the head of the page, 設定; the way to each of its pages stands on all
// of them.

import { mayOpen } from '../../src-main/contract/rights.ts'
import type { StaffState } from '../../src-main/contract/staff.ts'
import { screen } from '../../src-main/words/desk.ts'
import { pageNames } from '../../src-main/words/pages.ts'
import type { Act } from '../act.ts'
import { Action } from '../parts/action.tsx'
import styles from './settings-pages.module.css'

export const settingsPages = [
  'settings',
  'destinations',
  'clinicRules',
  'signals',
  'selfTest',
  'staff',
  'audit',
] as const
type SettingsPage = (typeof settingsPages)[number]

export const isSettingsPage = (name: string): name is SettingsPage => settingsPages.some((page) => page === name)

export function SettingsPages(props: {
  readonly current: SettingsPage
  readonly staff: StaffState
  readonly act: Act
}) {
  const { current, staff, act } = props
  const offered = settingsPages.filter((page) => mayOpen(staff, page))
  return (
    <nav className={styles.pages} aria-label={screen.settingsPages}>
      {offered.map((page) => (
        <Action
          key={page}
          weight="quiet"
          className={styles.page}
          aria-current={page === current ? 'page' : undefined}
          onPress={() => act('openPage', { page })}
        >
          {pageNames[page]}
        </Action>
      ))}
    </nav>
  )
}
