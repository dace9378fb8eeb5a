// The thread that decodes one photo and ends: OpenJPEG as WebAssembly, a fifth of the time of its plain JavaScript. It posts
// the PNG; without one the photo could not be decoded. The codec looks for its .wasm beside its own script, in the package
// or in what it was built into (scripts/build.mjs).
import { parentPort, workerData } from 'node:worker_threads'
import createCodec from '@cornerstonejs/codec-openjpeg/decodewasmjs'
import type { PhotoJob } from './photo.ts'
import { pngOfPixels } from './png.ts'

// From the thread that started this one, which has checked it.
const job: PhotoJob = workerData

const ignore = () => {}
const codec = await createCodec({ print: ignore, printErr: ignore })
const decoder = new codec.J2KDecoder()
decoder.getEncodedBuffer(job.codestream.length).set(job.codestream)
decoder.decode()
// A failed decoding is an empty picture.
const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo()
const pixels = decoder.getDecodedBuffer()
const isAsAnnounced = width === job.width && height === job.height && pixels.length === width * height
if (isAsAnnounced && componentCount === 1 && bitsPerSample === 8) {
  parentPort?.postMessage(pngOfPixels(width, height, pixels))
}
