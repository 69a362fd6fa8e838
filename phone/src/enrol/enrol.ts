// A phone joins a community: a token from the office's screen, once.
import { keepEnrolment, setClock, type Enrolment } from '../store/device.ts'
import { change, write } from '../store/db.ts'
import { newId } from '../store/ids.ts'
import { call } from '../sync/door.ts'
import { contact } from '../sync/courier.ts'
import { forget, reload } from '../sync/live.ts'

type Answer = Enrolment & { device_token: string; server_time: string }

/** What the office shows is an address ending in the token; people may also type the token alone. */
export const tokenIn = (text: string): string =>
  decodeURIComponent(/#\/enrol\/([^/?\s]+)/.exec(text)?.[1] ?? text).trim()

/** The phone belongs to the community from now on. A lost answer may be asked for again. Throws Unreachable or Refused. */
export async function enrol(token: string, deviceName: string): Promise<void> {
  const ref = await change<string>('enrol-ref', (before) => before ?? newId(Date.now()))
  const { device_token, server_time, ...facts } = await call<Answer>('/api/enrol', { token, device_name: deviceName, ref })
  await setClock(server_time)
  await keepEnrolment(facts, device_token)
  await write(['device'], ({ device }) => void device.delete('enrol-ref'))
  forget()
  contact.value = 'unknown'
  await reload()
}
