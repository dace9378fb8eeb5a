// サポート用の情報 in the running agent: put together when somebody turns to its page, and the same until they turn to it again, so
// that what was looked at is what is saved.
import type { PartWith } from '../contract/part.ts'
import type { Log } from '../ground/log.ts'
import { ok } from '../ground/result.ts'
import { bundleFileName, bundleText } from '../words/support-bundle.ts'
import { collectBundle, type SupportPorts } from './collect.ts'

export function createSupport(ports: SupportPorts & { readonly log: Log }) {
  let made = { text: '', file: '' }
  return {
    pages: {
      supportBundle: {
        async open() {
          const bundle = await collectBundle(ports)
          made = { text: bundleText(bundle), file: bundleFileName(bundle) }
          ports.log.write({ event: 'supportBundle' })
          return ok(undefined)
        },
        view: async () => ({ name: 'supportBundle', ...made }),
      },
    },
  } satisfies PartWith
}
