// Whatever a page's styles ask for by a name, a colour above all, is there: a border in a colour that nobody has set is none,
// and says nothing.
import { expect, test } from 'vitest'
import { builtPages } from './built-pages.ts'

const names = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name))

test.each(['index.html', 'patient.html', 'kiosk.html'])('%s has every colour that it is drawn in', async (page) => {
  const pages = await builtPages()
  const sheets = [...String(pages.get(page)).matchAll(/href="\.\/([^"]+\.css)"/g)].map(([, path = '']) => path)
  const styles = sheets.map((path) => String(pages.get(path))).join('\n')
  const asked = names(styles, /var\((--[\w-]+)\)/g)
  expect(asked).toContain('--line')
  const there = names(styles, /(--[\w-]+)\s*:/g)
  expect([...asked].filter((name) => !there.has(name))).toEqual([])
})
