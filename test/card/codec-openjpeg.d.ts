// The encoder of the JPEG 2000 codec, which only tests use; the package brings no types.
declare module '@cornerstonejs/codec-openjpeg' {
  interface ImageInfo {
    readonly width: number
    readonly height: number
    readonly bitsPerSample: number
    readonly componentCount: number
    readonly isSigned: boolean
    readonly isUsingColorTransform: boolean
  }

  interface J2KEncoder {
    getDecodedBuffer(image: ImageInfo): Uint8Array
    setQuality(isLossless: boolean, quality: number): void
    setDecompositions(count: number): void
    setCompressionRatio(layer: number, ratio: number): void
    encode(): void
    getEncodedBuffer(): Uint8Array
    delete(): void
  }

  export default function createCodec(options: {
    readonly print: (text: string) => void
  }): Promise<{ readonly J2KEncoder: new () => J2KEncoder }>
}
