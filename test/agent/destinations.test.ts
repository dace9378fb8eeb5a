// Setting a destination up through the contract: what it would write for the sample patients, and what the next start does.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src-main/agent.ts'
import { destinationFormatSchema } from '../../src-main/contract/destination.ts'
import { personasOn } from '../../src-main/stand-ins/people/personas.ts'
import { testDay } from '../clock.ts'
import { destinationOf } from '../handover/destination-of.ts'
import { must } from '../support.ts'
import { dataFolder, openDesk } from './fixture.ts'

const personas = personasOn(testDay)

const openPage = async (settings?: object) => {
  const dataDir = await dataFolder(settings)
  const desk = await openDesk(dataDir)
  must(await desk.call('openPage', { page: 'destinations' }))
  return { dataDir, desk }
}
const pageOf = (agent: Agent) => {
  const { page } = agent.reception()
  if (page.name !== 'destinations') throw new Error(page.name)
  return page
}
const savedIn = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).destinations

describe('the preview of a destination', () => {
  test.each(destinationFormatSchema.options)(
    'has a file of every sample patient as %s, or says why not',
    async (format) => {
      const { desk } = await openPage()
      const settings =
        format === 'orca'
          ? { url: 'http://192.0.2.10:8000', user: 'ormaster', passwordFile: 'orca.txt' }
          : format === 'xml'
            ? { institutionCode: '1312345678' }
            : {}
      const destination = destinationOf(format, settings)
      for (const { id } of personas) {
        must(await desk.call('previewDestination', { destination, sample: id }))
        const preview = pageOf(desk.agent).preview
        const failure = preview?.samples.find((sample) => sample.id === id)?.failure
        expect(preview?.samples.map((sample) => sample.id)).toEqual(personas.map((persona) => persona.id))
        expect(preview?.file === null).toBe(failure !== null)
        // What the virtual card's patient is called stands in it, in kanji or kana.
        const name = personas.find((persona) => persona.id === id)?.name ?? ''
        if (preview?.file) expect(preview.file.text).toContain(name)
      }
    },
  )

  test('tells which samples a destination holds back, and follows what the clinic decides about them', async () => {
    const { desk } = await openPage()
    const heldBack = async (settings: Readonly<Record<string, unknown>>) => {
      must(await desk.call('previewDestination', { destination: destinationOf('csv', settings), sample: 'gaiji' }))
      const { samples = [], file } = pageOf(desk.agent).preview ?? {}
      return { held: samples.filter(({ failure }) => failure).map(({ id, failure }) => [id, failure?.code]), file }
    }
    expect(await heldBack({})).toEqual({ held: [['gaiji', 'TEXT_NOT_ENCODABLE']], file: null })
    const kana = await heldBack({ unwritable: 'kana' })
    expect(kana.held).toEqual([])
    expect(kana.file?.text).toContain('ヨシダ　ナオコ')
    expect((await heldBack({ encoding: 'utf-8' })).file?.text).toContain('𠮷田　直子')
  })

  test('is what a check-in of the same patient writes: the columns, the name and the first line', async () => {
    const destination = destinationOf('csv', {
      columns: ['recipient_number', 'payer_number', 'name', 'birth_date'],
      folder: 'import/kouhi',
      fileName: 'kouhi-{day}-{id}',
      extension: 'txt',
      header: false,
    })
    const { desk, dataDir } = await openPage({ destinations: [destination] })
    must(await desk.call('previewDestination', { destination, sample: 'nanbyo' }))
    const file = pageOf(desk.agent).preview?.file
    await desk.checkIn('nanbyo')
    const [name = ''] = readdirSync(join(dataDir, 'import/kouhi'))
    const written = readFileSync(join(dataDir, 'import/kouhi', name))
    expect(file?.text).toBe(new TextDecoder('shift_jis').decode(written))
    expect(file?.text).toContain('佐藤　美咲')
    const withoutId = (text: string) => text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '')
    expect(withoutId(file?.name ?? '')).toBe(withoutId(name))
  })

  test('is of nobody who is no sample, and of nothing that does not fit', async () => {
    const { desk } = await openPage()
    const destination = destinationOf('csv')
    expect(await desk.call('previewDestination', { destination, sample: 'nobody' })).toMatchObject({
      error: { code: 'REQUEST_INVALID' },
    })
    const wrong = { ...destination, fileName: 'without-id' }
    expect(await desk.call('previewDestination', { destination: wrong, sample: 'nanbyo' })).toMatchObject({
      error: { code: 'REQUEST_INVALID', detail: { field: 'destination' } },
    })
  })
})

test('a password that is laid meanwhile is among the choices when the page is read again, and the preview stays', async () => {
  const { desk, dataDir } = await openPage()
  must(await desk.call('previewDestination', { destination: destinationOf('csv'), sample: 'nanbyo' }))
  const { preview } = pageOf(desk.agent)
  expect(preview).not.toBeNull()
  mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 })
  writeFileSync(join(dataDir, 'secrets/orca'), 'a password', { mode: 0o600 })
  must(await desk.call('openPage', { page: 'destinations' }))
  expect(pageOf(desk.agent)).toMatchObject({ choices: { secrets: ['secrets/orca'] }, preview })
})

describe('a destination', () => {
  test('that is saved counts for the next visit', async () => {
    const { desk, dataDir } = await openPage()
    expect(pageOf(desk.agent)).toMatchObject({ isForNextStart: false })
    const added = destinationOf('fhir', { id: 'chart', folder: 'import/fhir' })
    must(await desk.call('saveDestination', { destination: added, replaces: null }))
    expect(pageOf(desk.agent).isForNextStart).toBe(false)
    expect(savedIn(dataDir).map(({ id }: { id: string }) => id)).toEqual(['receipt-csv', 'receipt-json', 'chart'])

    await desk.checkIn('nanbyo')
    expect(desk.agent.reception().current?.deliveries.map(({ destination }) => destination)).toContain('chart')
    expect(readdirSync(join(dataDir, 'import/fhir')).length).toBe(1)
  })

  test('that is switched off gets nothing more, and only then can be removed', async () => {
    const { desk, dataDir } = await openPage()
    expect(await desk.call('removeDestination', { destination: 'receipt-json' })).toMatchObject({
      error: { code: 'REQUEST_INVALID' },
    })
    const json = pageOf(desk.agent).destinations.find(({ id }) => id === 'receipt-json')
    if (!json) throw new Error('no JSON destination')
    must(await desk.call('saveDestination', { destination: { ...json, isOn: false }, replaces: 'receipt-json' }))
    await desk.stop()

    const next = await openDesk(dataDir)
    await next.checkIn('nanbyo')
    expect(readdirSync(join(dataDir, 'import/json'))).toEqual([])
    must(await next.call('openPage', { page: 'destinations' }))
    must(await next.call('removeDestination', { destination: 'receipt-json' }))
    expect(savedIn(dataDir).map(({ id }: { id: string }) => id)).toEqual(['receipt-csv'])
  })

  test('whose name is taken, or whose folder another receipt.txt uses, is not saved', async () => {
    const { desk } = await openPage()
    const refused = (field: string) => ({ error: { code: 'SETTINGS_INVALID', detail: { field } } })
    const twin = destinationOf('json', { id: 'receipt-csv', folder: 'import/json' })
    expect(await desk.call('saveDestination', { destination: twin, replaces: null })).toMatchObject(
      refused('destinations.2.id'),
    )
    must(
      await desk.call('saveDestination', {
        destination: destinationOf('receipt', { folder: 'import/receipt' }),
        replaces: null,
      }),
    )
    const beside = destinationOf('receipt', { id: 'beside', folder: 'import/receipt' })
    expect(await desk.call('saveDestination', { destination: beside, replaces: null })).toMatchObject(
      refused('destinations.3.folder'),
    )
    expect(pageOf(desk.agent).destinations.map(({ id }) => id)).toEqual(['receipt-csv', 'receipt-json', 'receipt'])
  })
})
