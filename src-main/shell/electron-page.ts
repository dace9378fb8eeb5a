// What the `app://` scheme serves: the page's files at its own address, and nothing else.
import { pageOrigin } from './electron-ipc.ts'
import { pageFile, pageHeaders } from './page-files.ts'

/** 200 with the file, or 404 without a word. The policy goes with every answer. */
export async function pageResponse(rendererDir: string, address: string): Promise<Response> {
  const url = URL.parse(address)
  const isOwn = url !== null && `${url.protocol}//${url.host}` === pageOrigin
  const file = isOwn ? await pageFile(rendererDir, url.pathname) : null
  if (!file) return new Response(null, { status: 404, headers: pageHeaders })
  return new Response(file.content, { headers: { ...pageHeaders, 'content-type': file.type } })
}
