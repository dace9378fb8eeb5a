// The part of the JPEG 2000 codec that is used here; the package brings no types.
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  interface FrameInfo {
    readonly width: number
    readonly height: number
    readonly bitsPerSample: number
    readonly componentCount: number
  }

  /** Lives in the codec's own memory until `delete`. */
  interface J2KDecoder {
    /** Where the codestream has to be written. */
    getEncodedBuffer(length: number): Uint8Array
    /** Throws a number, or leaves an empty picture, if it cannot. */
    decode(): void
    getFrameInfo(): FrameInfo
    /** A view of the pixels, row by row. */
    getDecodedBuffer(): Uint8ClampedArray
  }

  interface Codec {
    readonly J2KDecoder: new () => J2KDecoder
  }

  export default function createCodec(options: {
    readonly print: (text: string) => void
    readonly printErr: (text: string) => void
  }): Promise<Codec>
}
