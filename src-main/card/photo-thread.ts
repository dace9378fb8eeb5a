// The thread that decodes one photo and ends: OpenJPEG, compiled to plain JavaScript so that no binary has to be found
// next to the bundle. It posts the PNG; without one the photo could not be decoded.
import { parentPort, workerData } from 'node:worker_threads'
import createCodec from '@cornerstonejs/codec-openjpeg/decode'
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
