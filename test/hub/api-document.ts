// docs/hub-api.yaml as an oracle: which schema it has for a question or an answer, as a function that lists what is wrong.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'yaml'
import { z } from 'zod'

const text = readFileSync(join(import.meta.dirname, '../../docs/hub-api.yaml'), 'utf8')

const content = z.record(z.string(), z.object({ schema: z.custom<AnySchema>() }))
const operation = z.object({
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional(), $ref: z.string().optional() })),
})
const documentSchema = z.object({
  paths: z.record(z.string(), z.object({ get: operation.optional(), post: operation.optional() })),
  components: z.object({ responses: z.object({ Problem: z.object({ content }) }) }),
})

export const document: unknown = parse(text)
const { paths, components } = documentSchema.parse(document)

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema({ $id: 'hub', ...z.record(z.string(), z.unknown()).parse(document) })

/** The schemas point into the document (`#/components/…`), which ajv knows as `hub`. */
const compile = (schema: AnySchema) =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"hub#/components/')))

const call = (method: string, url: string) => {
  const { pathname } = new URL(url, 'https://hub.invalid')
  const path = Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[A-Za-z0-9_-]{16,64}')}$`).test(pathname),
  )
  const found = path === undefined ? undefined : paths[path]?.[method === 'GET' ? 'get' : 'post']
  if (!found) throw new Error(`the document has no ${method} ${pathname}`)
  return found
}

const errorsOf = (schema: AnySchema | undefined, body: unknown): string[] => {
  if (schema === undefined) return ['the document has no schema for this']
  const check = compile(schema)
  return check(body) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

export const requestErrors = (method: string, url: string, body: unknown): string[] =>
  errorsOf(call(method, url).requestBody?.content['application/json']?.schema, body)

export function answerErrors(method: string, url: string, status: number, contentType: string, body: unknown) {
  const { responses } = call(method, url)
  const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`]
  const { content } = response?.$ref ? components.responses.Problem : (response ?? {})
  return errorsOf(content?.[contentType.split(';')[0] ?? '']?.schema, body)
}

export const eligibilityErrors = (body: unknown): string[] =>
  errorsOf({ $ref: '#/components/schemas/Eligibility' }, body)
