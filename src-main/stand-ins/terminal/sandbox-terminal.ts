// The terminal's side of the folders for training and tests: the face reader that drops results, the linking application
// that answers requests, and the chart program beside them that moves, deletes and rewrites what it finds. In-process and
// on real folders; every quirk is switched on by itself.
import { createCipheriv, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { zipSync } from 'fflate'
import { type Clock, clinicDay, clinicMoment, daysLater } from '../../ground/clock.ts'
import { shippedMapping } from '../../hub/terminal/mapping.ts'
import { readXml, type XmlElement } from '../../text/xml-reader.ts'
import type { Element } from '../../text/xml-text.ts'
import type { Persona } from '../people/persona.ts'
import { personaById, personasOn } from '../people/personas.ts'
import { type AnswerHeader, answerBody, answerFile, personElement } from './answer-xml.ts'
import type { Quirks } from './quirks.ts'

export interface SandboxTerminalOptions {
  /** Absolute path; face, trash, req and res are made in it. */
  readonly folder: string
  readonly clock: Clock
  readonly quirks?: Quirks | undefined
}

export interface SandboxTerminal {
  /** What a patient's card on the face reader leaves in `face`; the name of the file, null for an unknown persona. */
  drop(persona: string): Promise<string | null>
  setQuirks(quirks: Quirks): void
  /** 照会番号 by persona, as registered. */
  readonly referenceNumbers: ReadonlyMap<string, string>
  /** Waits for what the chart program still has in hand. */
  close(): Promise<void>
}

const institutionCode = '1312345678'
/** The linking application looks for requests this often, in milliseconds. */
const lookMs = 500

export async function startSandboxTerminal({
  folder,
  clock,
  quirks: first = {},
}: SandboxTerminalOptions): Promise<SandboxTerminal> {
  let quirks = first
  const place = (name: 'face' | 'trash' | 'req' | 'res') => join(folder, name)
  for (const name of ['face', 'trash', 'req', 'res'] as const) await mkdir(place(name), { recursive: true })
  const referenceNumbers = new Map<string, string>()
  const bulks = new Map<string, { readonly people: readonly Element[]; left: number }>()
  const stop = new AbortController()
  const work = new Set<Promise<unknown>>()
  const later = (task: Promise<unknown>) => {
    // The end of the terminal is the end of what it had in hand.
    const ended = task.catch(() => undefined).finally(() => work.delete(ended))
    work.add(ended)
  }
  const pause = (ms: number) => sleep(ms, undefined, { signal: stop.signal })

  const now = () => daysLater(clock.now(), quirks.clockOffDays ?? 0)

  const header = (fileIdentifier: string, classification: 1 | 2): AnswerHeader => ({
    at: clinicMoment(now()).replaceAll(/\D/g, '').slice(0, 14),
    institutionCode,
    fileIdentifier,
    classification,
    segment: quirks.segment ?? '1',
    code: quirks.code ?? '',
    message: quirks.message ?? '',
    encoding: quirks.encoding ?? 'cp932',
  })
  const today = () => clinicDay(clock.now())
  const cardNumber = ({ id }: Persona) => String(10_000 + personasOn(today()).findIndex((persona) => persona.id === id))
  const facts = (persona: Persona) => ({
    persona,
    cardNumber: cardNumber(persona),
    referenceNumber: referenceNumbers.get(persona.id) ?? '',
    day: clinicDay(now()),
  })

  /** As the settings of the linking application have it. */
  const asSet = (content: Uint8Array): Uint8Array => {
    if (!quirks.encrypted) return content
    const key = randomBytes(32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16))
    return Buffer.concat([cipher.update(content), cipher.final()])
  }

  /** In two halves, or only the first, when the writer is slow or dies. */
  const write = async (path: string, content: Uint8Array) => {
    const { halfForMs, halfOnly } = quirks
    if (halfForMs === undefined && !halfOnly) return writeFile(path, content)
    await writeFile(path, content.subarray(0, content.length / 2))
    if (halfOnly) return
    await pause(halfForMs ?? 0)
    await writeFile(path, content)
  }

  /** What another program does with a face file that is complete. */
  const meddle = async (name: string) => {
    const path = join(place('face'), name)
    const { moveAfterMs, deleteAfterMs } = quirks
    if (moveAfterMs !== undefined) {
      await pause(moveAfterMs)
      await rename(path, join(place('trash'), name))
    }
    if (deleteAfterMs !== undefined) {
      await pause(deleteAfterMs)
      await rm(path)
    }
  }

  const drop = async (id: string): Promise<string | null> => {
    const persona = personaById(id, today())
    if (!persona) return null
    const message = header('', 1)
    const name = `OQSsiquc01res_face_${String(randomInt(10 ** 8)).padStart(8, '0')}_${message.at}.xml`
    const file = (who: Persona) => answerFile(message, answerBody([personElement(facts(who))]))
    const { reencode, sameNameAfterMs } = quirks
    const said = file(persona)
    // Whoever rewrites it has done so before anybody reads it.
    const content = asSet(reencode ? Buffer.from(new TextDecoder('shift_jis').decode(said), 'utf8') : said)
    await write(join(place('face'), name), content)
    if (sameNameAfterMs !== undefined) {
      const [another] = personasOn(today()).filter((other) => other.id !== persona.id)
      later(pause(sameNameAfterMs).then(() => another && writeFile(join(place('face'), name), file(another))))
    }
    later(meddle(name))
    return name
  }

  const answer = async (request: string, root: XmlElement): Promise<void> => {
    const { search, registration } = shippedMapping.requests
    const text = (name: string) => find(root, name)?.text.trim() ?? ''
    const fileIdentifier = text(shippedMapping.header.fileIdentifier)
    const asked = all(root, search.element).map((query) => ({
      persona: personasOn(today()).find((one) => cardNumber(one) === find(query, search.number)?.text.trim()),
      identifier: find(query, search.arbitraryIdentifier)?.text.trim() ?? '',
    }))
    const found = asked.flatMap(({ persona, identifier }) =>
      persona ? [{ persona, element: personElement(facts(persona), identifier) }] : [],
    )
    const people = found.map(({ element }) => element)
    const base = request.replace('req_', 'res_').replace(/\.xml$/, '')
    const put = async (body: readonly Element[], changes: Partial<AnswerHeader> = {}, zipped = false) => {
      const content = asSet(answerFile({ ...header(fileIdentifier, 2), ...changes }, body))
      const path = join(place('res'), `${base}.${zipped ? 'zip' : 'xml'}`)
      // Into the folder in one step, as the linking application does it.
      await writeFile(`${path}.part`, zipped ? zipSync({ [`${base}.xml`]: content }) : content)
      await rename(`${path}.part`, path)
    }
    if (request.startsWith('OQSmuquc01')) {
      const receptionNumber = randomUUID()
      bulks.set(receptionNumber, { people, left: quirks.bulkInProgress ?? 0 })
      return put([
        ['ProcessingResultStatus', 1],
        [shippedMapping.body.receptionNumber, receptionNumber],
      ])
    }
    if (request.startsWith('OQSmuquc02')) {
      const bulk = bulks.get(text(shippedMapping.body.receptionNumber))
      if (!bulk) return put([['ProcessingResultStatus', 2]], { segment: '9', code: 'E9002' })
      if (bulk.left-- > 0) return put([], { segment: '2' })
      return put(answerBody(bulk.people), {}, quirks.zip)
    }
    if (request.startsWith('OQSsiimm01') && find(root, registration.element)) {
      const [only] = found
      if (only) referenceNumbers.set(only.persona.id, text(shippedMapping.person.referenceNumber))
      return put(answerBody(only ? [personElement(facts(only.persona))] : []))
    }
    return put(answerBody(people))
  }

  const take = async (request: string): Promise<void> => {
    const path = join(place('req'), request)
    const reading = readXml(await readFile(path))
    await rm(path)
    if ('flaw' in reading || quirks.answerNever) return
    await pause(quirks.answerAfterMs ?? 0)
    await answer(request, reading.root)
    if (!quirks.answerTwice) return
    await pause(1_000)
    await answer(request, reading.root)
  }

  const serve = async () => {
    for (;;) {
      const requests = (await readdir(place('req')).catch(() => [])).filter((name) => /^OQS.*req_.*\.xml$/.test(name))
      for (const request of requests) later(take(request))
      await pause(lookMs)
    }
  }
  later(serve())

  return {
    drop,
    setQuirks(next) {
      quirks = next
    },
    referenceNumbers,
    async close() {
      stop.abort()
      await Promise.all(work)
    },
  }
}

function find(element: XmlElement, name: string): XmlElement | undefined {
  return all(element, name)[0]
}

const all = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
