// A phone joins a community: a token from the office's screen, once.
import { keepEnrolment, setClock, type Enrolment } from '../store/device.ts'
import { call } from '../sync/door.ts'
import { reload } from '../sync/live.ts'

type Answer = Omit<Enrolment, 'device_name'> & { device_token: string; server_time: string }

/** What the office shows is an address ending in the token; people may also type the token alone. */
export const tokenIn = (text: string): string =>
  decodeURIComponent(/#\/enrol\/([^/?\s]+)/.exec(text)?.[1] ?? text).trim()

/** The phone belongs to the community from now on. Throws Unreachable or Refused. */
export async function enrol(token: string, deviceName: string): Promise<void> {
  const { device_token, server_time, ...facts } = await call<Answer>('/api/enrol', { token, device_name: deviceName })
  await setClock(server_time)
  await keepEnrolment({ ...facts, device_name: deviceName }, device_token)
  await reload()
}
