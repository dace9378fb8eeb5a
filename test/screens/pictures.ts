// Every picture of docs/screens: each scene of the desk's page, of the patient's and of the kiosk's, and what a page has by itself, without the
// agent. A new scene is in it without a line here.
import type { Page } from 'playwright'
import type { KioskView } from '../../src-main/contract/kiosk-view.ts'
import type { PatientView } from '../../src-main/contract/patient-view.ts'
import type { Reception } from '../../src-main/contract/reception.ts'
import { screen } from '../../src-main/words/desk.ts'
import type { SectionId } from '../../src-main/words/guide/sections.ts'
import { type Language, languages } from '../../src-main/words/patient.ts'
import { placeOf } from '../../src-renderer/help/where.ts'
import { standingOf } from '../../src-renderer/visit/standing.ts'
import { kioskScenes } from '../renderer/kiosk-scenes.ts'
import { patientScenes } from '../renderer/patient-scenes.ts'
import { scenes } from '../renderer/scenes.ts'
import type { Stage } from '../renderer/stage.ts'
import { unsettled } from '../renderer/unsettled.ts'

export interface Picture<V extends object = object> {
  /** Of its file, without the extension. */
  readonly name: string
  /** The section of the guide under which it stands. */
  readonly section: SectionId
  /** How the visit in it stands, besides its headline; empty where there is none. */
  readonly about: string
  readonly view: V
  /** What somebody does before it is taken. */
  readonly act?: (page: Page, stage: Stage) => unknown
}

const aboutVisit = ({ shown, current }: Reception): string => {
  const visit = shown ?? current
  const standing = visit && standingOf(visit)
  return standing ? `${standing.word}。${standing.text}` : ''
}

const ofScenes = Object.entries<Reception>(scenes).map(([name, view]): Picture<Reception> => {
  const about = view.page.name === 'counter' ? aboutVisit(view) : ''
  return { name, section: name.startsWith('kiosk') ? 'kiosk' : placeOf(view, false, null).section, about, view }
})

const press = (key: string) => (page: Page) => page.keyboard.press(key)
const says = (line: object) => (_page: Page, stage: Stage) => stage.sendRaw(JSON.stringify(line))

/** What no state of the agent brings; the last ones leave no page that goes on. */
const ofPageAlone: readonly Omit<Picture<Reception>, 'about'>[] = [
  { name: 'covered', section: 'cover', view: scenes.result, act: press(screen.keys.cover) },
  { name: 'help', section: 'difference', view: scenes.question, act: press(screen.keys.help) },
  { name: 'note', section: 'list', view: scenes.noted, act: press(screen.keys.note) },
  {
    name: 'search',
    section: 'list',
    view: scenes.busyDay,
    async act(page) {
      await page.keyboard.press(screen.keys.search)
      await page.keyboard.type('ハセガワ', { delay: 50 })
    },
  },
  {
    name: 'faceForm',
    section: 'pinBlocked',
    view: scenes.pinBlocked,
    act: (page) => page.getByRole('button', { name: screen.face.start }).click(),
  },
  { name: 'lineRestarting', section: 'start', view: scenes.waiting, act: says({ line: 'restarting' }) },
  { name: 'lineFailed', section: 'start', view: scenes.waiting, act: says({ line: 'failed' }) },
  { name: 'lineTaken', section: 'start', view: scenes.waiting, act: (_page, stage) => stage.take() },
  { name: 'lineUnsettled', section: 'start', view: scenes.waiting, act: says(unsettled) },
  { name: 'lineShut', section: 'start', view: scenes.waiting, act: (_page, stage) => stage.shut() },
]

export const deskPictures: readonly Picture<Reception>[] = [
  ...ofScenes,
  ...ofPageAlone.map((picture) => ({ ...picture, about: '' })),
]

export const kioskPictures = Object.entries<KioskView>(kioskScenes).map(
  ([name, view]): Picture<KioskView> => ({ name: `kiosk-${name}`, section: 'kiosk', about: '', view }),
)

const ofPatient = Object.entries<PatientView>(patientScenes).map(
  ([name, view]): Picture<PatientView> => ({ name: `patient-${name}`, section: 'patientScreen', about: '', view }),
)

/** The PIN in every language that a patient may choose. */
const inLanguages = (Object.keys(languages) as Language[])
  .filter((language) => language !== 'japanese')
  .map(
    (language): Picture<PatientView> => ({
      name: `patient-pin-${language}`,
      section: 'patientScreen',
      about: '',
      view: patientScenes.pin,
      act: (page) => page.getByRole('button', { name: languages[language].name, exact: true }).click(),
    }),
  )

export const patientPictures: readonly Picture<PatientView>[] = [...ofPatient, ...inLanguages]
