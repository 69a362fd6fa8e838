// The camera and the reader of codes. The reader (wasm, self-hosted) is fetched at first use and then kept.
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { keep } from './lazy.ts'
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader'

prepareZXingModule({ overrides: { locateFile: () => wasm } })

const OPTIONS: ReaderOptions = { formats: ['QRCode', 'Code128'], tryHarder: true, maxNumberOfSymbols: 1 }
const WIDEST = 960 // pixels; enough for a version 11 code held at arm's length

/** Fetches the reader while there is a network, so that the first scan works without one. */
export const fetchReader = (): Promise<void> => keep(wasm)

export async function openCamera(): Promise<MediaStream> {
  const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }
  return navigator.mediaDevices.getUserMedia({ video, audio: false })
}

export const hasTorch = (stream: MediaStream): boolean =>
  'torch' in (stream.getVideoTracks()[0]?.getCapabilities?.() ?? {})

export const setTorch = (stream: MediaStream, on: boolean): Promise<void> =>
  stream.getVideoTracks()[0]!.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })

export const closeCamera = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop())

/** The text of a code in the picture, or null. */
export async function readFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<string | null> {
  const scale = Math.min(1, WIDEST / (video.videoWidth || 1))
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen || !canvas.width) return null
  pen.drawImage(video, 0, 0, canvas.width, canvas.height)
  const found = await readBarcodes(pen.getImageData(0, 0, canvas.width, canvas.height), OPTIONS)
  return found[0]?.text || null
}
