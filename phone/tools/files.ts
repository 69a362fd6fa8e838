import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every file below a folder, in a fixed order; hidden ones are nobody's business. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort()
}

/** A short name for the contents of these files: the same bytes, the same name. */
export function fingerprint(paths: string[], root: string): string {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(relative(root, path)).update(readFileSync(path))
  return hash.digest('hex').slice(0, 12)
}
