// The server's door: JSON over the same origin. An answer that never came is not an answer.

export class Unreachable extends Error {}
export class Refused extends Error {
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
    this.reason = reason
  }
}

const PATIENCE = 25_000

/** The answer's JSON; throws Unreachable (try again later) or Refused (the server said no). */
export async function call<T>(path: string, body: unknown, token?: string | null): Promise<T> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (token) headers.Authorization = `Bearer ${token}`
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      method: 'POST', headers, body: JSON.stringify(body), cache: 'no-store', credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE),
    })
    text = await response.text()
  } catch {
    throw new Unreachable(path)
  }
  return read<T>(response, text)
}

function read<T>(response: Response, text: string): T {
  let answer: unknown = null
  try {
    answer = JSON.parse(text)
  } catch {
    if (response.ok) throw new Unreachable('cut off') // half an answer, or a portal's page
  }
  if (response.ok) return answer as T
  if (response.status >= 500 || response.status === 429 || response.status === 408) throw new Unreachable(String(response.status))
  const { reason, code, detail } = (answer ?? {}) as Record<string, unknown>
  const word = [reason, code, detail].find((one) => typeof one === 'string') as string | undefined
  throw new Refused(response.status, word ?? `http_${response.status}`)
}
