// Draws what the sample cards hold as images (name, address, portrait) and writes src-main/stand-ins/card/images.json.
// Run by hand when a persona is added: node scripts/card-images.mjs. Needs Chromium and Japanese fonts.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import createCodec from '@cornerstonejs/codec-openjpeg'
import { chromium } from 'playwright'
import { pngOfPixels } from '../src-main/card/png.ts'
import { galleryPersonas } from '../src-main/stand-ins/people/gallery.ts'
import { personasOn } from '../src-main/stand-ins/people/personas.ts'
import { voucherPersonas } from '../src-main/stand-ins/people/voucher-gallery.ts'
import { chromiumArguments, chromiumPath } from '../test/browser.ts'

const codec = await createCodec({ print() {}, printErr() {} })
const photoSize = { width: 240, height: 300 }

/** JPEG 2000 as on a card: one grey component, a codestream of a few kilobytes. */
function jpeg2000(pixels) {
  const encoder = new codec.J2KEncoder()
  encoder
    .getDecodedBuffer({
      ...photoSize,
      bitsPerSample: 8,
      componentCount: 1,
      isSigned: false,
      isUsingColorTransform: false,
    })
    .set(pixels)
  encoder.setQuality(false, 0)
  encoder.setDecompositions(5)
  encoder.setCompressionRatio(0, 24)
  encoder.encode()
  return Buffer.from(encoder.getEncodedBuffer())
}

/** Runs in the page: one line of text, or two, as grey pixels. */
function drawText({ text, width, height, size }) {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#000'
  context.font = `${size}px "Noto Sans CJK JP", "IPAGothic", sans-serif`
  context.textBaseline = 'top'
  const characters = [...text]
  const perLine = Math.floor((width - 8) / size)
  for (let line = 0; line * perLine < characters.length; line++) {
    context.fillText(characters.slice(line * perLine, (line + 1) * perLine).join(''), 4, 4 + line * size * 1.25)
  }
  const { data } = context.getImageData(0, 0, width, height)
  // Black and white, as the real ones are.
  return Array.from({ length: width * height }, (_, index) => (data[index * 4] < 150 ? 0 : 255))
}

/** Runs in the page: a friendly drawn face that differs from person to person. */
function drawPortrait({ width, height, sex, birthYear, seed }) {
  const canvas = new OffscreenCanvas(width, height)
  const c = canvas.getContext('2d')
  const age = 2026 - birthYear
  const random = (salt) => ((seed * 9301 + salt * 49297) % 233280) / 233280
  const hair = age > 65 ? '#c4c4c4' : ['#202020', '#303030', '#3c3c3c'][Math.floor(random(1) * 3)]
  const skin = ['#dcdcdc', '#d2d2d2', '#e2e2e2'][Math.floor(random(2) * 3)]
  const child = age < 12
  const faceWidth = child ? 62 : 56 + random(3) * 8
  const faceHeight = child ? 66 : 74 + random(4) * 8
  const [x, y] = [width / 2, child ? 150 : 135]
  const ellipse = (cx, cy, rx, ry, fill) => {
    c.beginPath()
    c.ellipse(cx, cy, rx, ry, 0, 0, Math.PI * 2)
    c.fillStyle = fill
    c.fill()
  }
  c.fillStyle = '#f6f6f6'
  c.fillRect(0, 0, width, height)
  // Hair behind the head.
  if (sex === 'female') ellipse(x, y + 18, faceWidth + 20, faceHeight + (random(5) > 0.5 ? 46 : 16), hair)
  else ellipse(x, y - 14, faceWidth + 9, faceHeight - 2, hair)
  // Neck and shoulders.
  c.fillStyle = '#c8c8c8'
  c.fillRect(x - 22, y + faceHeight - 22, 44, 52)
  ellipse(x, height + 36, child ? 84 : 112, 96, ['#6a6a6a', '#505050', '#8a8a8a'][Math.floor(random(6) * 3)])
  c.beginPath()
  c.moveTo(x - 26, height - 62)
  c.lineTo(x, height - 26)
  c.lineTo(x + 26, height - 62)
  c.fillStyle = '#fafafa'
  c.fill()
  // Head, ears, fringe.
  ellipse(x - faceWidth, y + 6, 10, 17, skin)
  ellipse(x + faceWidth, y + 6, 10, 17, skin)
  ellipse(x, y, faceWidth, faceHeight, skin)
  c.save()
  c.beginPath()
  c.ellipse(x, y, faceWidth + 1, faceHeight + 1, 0, 0, Math.PI * 2)
  c.clip()
  ellipse(
    x + (random(7) - 0.5) * 50,
    y - faceHeight - (sex === 'female' ? 4 : 14),
    faceWidth * 1.15,
    faceHeight * 0.62,
    hair,
  )
  c.restore()
  // Eyes, brows, nose, mouth.
  const gap = faceWidth * 0.43
  for (const side of [-1, 1]) {
    ellipse(x + side * gap, y + 2, 6.5, child ? 8 : 6, '#282828')
    ellipse(x + side * gap + 2, y, 1.8, 1.8, '#fff')
    c.beginPath()
    c.moveTo(x + side * gap - 12, y - 16 - random(8) * 4)
    c.quadraticCurveTo(x + side * gap, y - 23, x + side * gap + 12, y - 16 - random(9) * 4)
    c.lineWidth = sex === 'female' ? 3 : 4.5
    c.strokeStyle = hair
    c.stroke()
  }
  c.lineWidth = 2.5
  c.strokeStyle = '#9a9a9a'
  c.beginPath()
  c.moveTo(x, y + 6)
  c.quadraticCurveTo(x - 9, y + 26, x + 2, y + 27)
  c.stroke()
  c.strokeStyle = '#707070'
  c.beginPath()
  c.moveTo(x - 17, y + 44)
  c.quadraticCurveTo(x, y + 50 + random(10) * 8, x + 17, y + 44)
  c.stroke()
  if (age > 60) {
    c.lineWidth = 1.6
    c.strokeStyle = '#a8a8a8'
    for (const side of [-1, 1]) {
      c.beginPath()
      c.moveTo(x + side * 26, y + 24)
      c.quadraticCurveTo(x + side * 36, y + 34, x + side * 30, y + 46)
      c.stroke()
    }
  }
  if (random(11) > 0.6) {
    c.lineWidth = 3
    c.strokeStyle = '#404040'
    for (const side of [-1, 1]) {
      c.beginPath()
      c.ellipse(x + side * gap, y + 3, 18, 14, 0, 0, Math.PI * 2)
      c.stroke()
    }
    c.beginPath()
    c.moveTo(x - gap + 18, y + 2)
    c.lineTo(x + gap - 18, y + 2)
    c.stroke()
  }
  const { data } = c.getImageData(0, 0, width, height)
  return Array.from({ length: width * height }, (_, index) => data[index * 4])
}

const browser = await chromium.launch({ executablePath: chromiumPath ?? undefined, args: chromiumArguments })
const page = await browser.newPage()
const images = {}
// In the galleries many cards bear one name: they share its images.
const shared = new Map([...galleryPersonas, ...voucherPersonas('2026-11-23')].map((persona) => [persona.name, persona]))
const people = [
  ...personasOn('2026-11-23'),
  ...[...shared.values()].map((persona) => ({ ...persona, id: persona.name })),
]
for (const [index, { id, name, address, sex, birthDate }] of people.entries()) {
  const text = async (line, width, height, size) => {
    const pixels = await page.evaluate(drawText, { text: line, width, height, size })
    return Buffer.from(pngOfPixels(width, height, Uint8ClampedArray.from(pixels))).toString('base64')
  }
  const portrait = await page.evaluate(drawPortrait, {
    ...photoSize,
    sex,
    birthYear: Number(birthDate.slice(0, 4)),
    seed: index + 3,
  })
  images[id] = {
    name: await text(name, 320, 48, 36),
    address: await text(address, 480, 72, 24),
    photo: jpeg2000(Uint8Array.from(portrait)).toString('base64'),
  }
}
await browser.close()
const file = fileURLToPath(new URL('../src-main/stand-ins/card/images.json', import.meta.url))
writeFileSync(file, `${JSON.stringify(images, null, 2)}\n`)
