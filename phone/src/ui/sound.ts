// Yes, look and no can be told apart with closed eyes: rising pair, one middle tone twice, low buzz. And by hand.
import { ref } from 'vue'

export type Signal = 'yes' | 'look' | 'no'
type Tone = { hertz: number; from: number; length: number; shape: OscillatorType }
const TONES: Record<Signal, Tone[]> = {
  yes: [{ hertz: 880, from: 0, length: 0.09, shape: 'sine' }, { hertz: 1320, from: 0.1, length: 0.14, shape: 'sine' }],
  look: [{ hertz: 620, from: 0, length: 0.14, shape: 'triangle' }, { hertz: 620, from: 0.22, length: 0.14, shape: 'triangle' }],
  no: [{ hertz: 170, from: 0, length: 0.45, shape: 'sawtooth' }],
}
const SHAKES: Record<Signal, number[]> = { yes: [40], look: [80, 60, 80], no: [350] }
const KEPT_AS = 'zhegu.sound'

export const soundOn = ref(typeof localStorage === 'undefined' || localStorage.getItem(KEPT_AS) !== 'off')
export function setSound(on: boolean): void {
  soundOn.value = on
  localStorage.setItem(KEPT_AS, on ? 'on' : 'off')
}

let air: AudioContext | null = null

function play(tone: Tone, air: AudioContext): void {
  const [source, gain] = [air.createOscillator(), air.createGain()]
  const start = air.currentTime + tone.from
  source.type = tone.shape
  source.frequency.value = tone.hertz
  gain.gain.setValueAtTime(0.25, start)
  gain.gain.exponentialRampToValueAtTime(0.001, start + tone.length)
  source.connect(gain).connect(air.destination)
  source.start(start)
  source.stop(start + tone.length)
}

export function signalSound(signal: Signal): void {
  navigator.vibrate?.(SHAKES[signal])
  if (!soundOn.value) return
  try {
    air ??= new AudioContext()
    void air.resume()
    for (const tone of TONES[signal]) play(tone, air)
  } catch {
    // a phone without sound still shows colour, shape and word
  }
}
