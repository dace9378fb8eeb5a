// docs/hub-api.yaml as an oracle: which schema it has for a question or an answer, as a function that lists what is wrong.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { z } from 'zod'

const text = readFileSync(join(import.meta.dirname, '../../docs/hub-api.yaml'), 'utf8')

export const document: unknown = parse(text)

/** `$ref`s of the parts read here point to named components; those inside schemas are ajv's business. */
const referenced = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    const ref = z
      .object({ $ref: z.string().regex(/^#\/components\/(responses|headers|parameters)\//) })
      .safeParse(value)
    if (!ref.success) return value
    return ref.data.$ref
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => Object(node)[key], document)
  }, schema)

const content = z.record(z.string(), z.object({ schema: z.custom<AnySchema>() }))
const header = referenced(z.object({ required: z.boolean().default(false), schema: z.custom<AnySchema>() }))
const response = referenced(
  z.object({ content: content.optional(), headers: z.record(z.string(), header).default({}) }),
)
const operation = z.object({
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), response),
})
const pathItem = z.object({ get: operation.optional(), post: operation.optional(), put: operation.optional() })
const { paths } = z.object({ paths: z.record(z.string(), pathItem) }).parse(document)

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema({ $id: 'hub', ...z.record(z.string(), z.unknown()).parse(document) })

const compiled = new Map<string, ReturnType<typeof ajv.compile>>()

/** The schemas point into the document (`#/components/…`), which ajv knows as `hub`. */
const compile = (schema: AnySchema) => {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"hub#/components/')
  const check = compiled.get(text) ?? ajv.compile(JSON.parse(text))
  compiled.set(text, check)
  return check
}

export type Verb = 'GET' | 'POST' | 'PUT'
const verbs = { GET: 'get', POST: 'post', PUT: 'put' } as const

/** The path template of the document that a URL belongs to. */
const templateOf = (url: string): string | undefined => {
  const { pathname } = new URL(url, 'https://hub.invalid')
  return Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(pathname),
  )
}

const call = (verb: string, url: string) => {
  const template = templateOf(url)
  const known = z.enum(['GET', 'POST', 'PUT']).parse(verb)
  const found = template === undefined ? undefined : paths[template]?.[verbs[known]]
  if (!found) throw new Error(`the document has no ${verb} ${new URL(url, 'https://hub.invalid').pathname}`)
  return found
}

const errorsOf = (schema: AnySchema | undefined, body: unknown): string[] => {
  if (schema === undefined) return ['the document has no schema for this']
  const check = compile(schema)
  return check(body) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

export const requestErrors = (method: string, url: string, body: unknown): string[] =>
  errorsOf(call(method, url).requestBody?.content['application/json']?.schema, body)

export interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

/** What is wrong with an answer's status, headers or body. */
export function answerErrors({ method, path, status, headers, body }: Answered): string[] {
  const { responses } = call(method, path)
  const found = responses[status] ?? responses[`${Math.floor(status / 100)}XX`]
  if (!found) return [`the document has no ${status} for this`]
  const headerErrors = Object.entries(found.headers).flatMap(([name, { required, schema }]) => {
    const value = headers[name.toLowerCase()]
    if (value === undefined) return required ? [`${name} is missing`] : []
    const isNumber = JSON.stringify(schema).includes('"type":"integer"')
    return errorsOf(schema, isNumber ? Number(value) : value).map((error) => `${name}${error}`)
  })
  if (!found.content) return [...headerErrors, ...(body === undefined ? [] : ['there should be no body'])]
  const type = String(headers['content-type']).split(';')[0] ?? ''
  return [...headerErrors, ...errorsOf(found.content[type]?.schema, body)]
}

/** What is wrong with a value as one of the document's named schemas. */
export const schemaErrors = (name: string, value: unknown): string[] =>
  errorsOf({ $ref: `#/components/schemas/${name}` }, value)

export const eligibilityErrors = (body: unknown): string[] => schemaErrors('Eligibility', body)
