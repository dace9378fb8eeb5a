import 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which call of docs/hub-api.yaml a route is, for faults that are about one call. */
    name?: 'health' | 'sessions' | 'proof' | 'eligibility'
  }
}
