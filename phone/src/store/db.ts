// The phone's memory: one IndexedDB with four stores. Nothing else touches indexedDB.
//   device  key -> value: enrolment, keys, cursor, clock, preferences, drafts
//   person  who may unlock this phone, each with keys wrapped by their PIN
//   row     what was pulled, by [table, id]; rows about people are sealed
//   outbox  every command made here, by ref; it outlives expiry and wiping

export type StoreName = 'device' | 'person' | 'row' | 'outbox'
export const DB_NAME = 'zhegu'
const VERSION = 1

let opened: Promise<IDBDatabase> | null = null

function make(db: IDBDatabase): void {
  db.createObjectStore('device')
  db.createObjectStore('person', { keyPath: 'id' })
  db.createObjectStore('row', { keyPath: ['table', 'id'] })
  db.createObjectStore('outbox', { keyPath: 'ref' })
}

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(DB_NAME, VERSION)
    asked.onupgradeneeded = () => make(asked.result)
    asked.onerror = () => failed(asked.error)
    asked.onsuccess = () => {
      asked.result.onversionchange = () => close()
      done(asked.result)
    }
  })
  return opened
}

/** Lets go of the database, so that another tab may upgrade or a test may start afresh. */
export function close(): void {
  void opened?.then((db) => db.close())
  opened = null
}

export type Stores = Record<StoreName, IDBObjectStore>

/** One transaction; resolves when it is on disk. `steps` must ask for everything without awaiting. */
export async function write(names: StoreName[], steps: (stores: Stores) => void): Promise<void> {
  const db = await open()
  await new Promise<void>((done, failed) => {
    const tx = db.transaction(names, 'readwrite', { durability: 'strict' })
    tx.oncomplete = () => done()
    tx.onerror = tx.onabort = () => failed(tx.error ?? new Error('aborted'))
    try {
      steps(Object.fromEntries(names.map((name) => [name, tx.objectStore(name)])) as Stores)
    } catch (error) {
      tx.abort() // what was asked for before must not stay without what failed
      failed(error)
    }
  })
}

async function ask<T>(name: StoreName, question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open()
  return new Promise((done, failed) => {
    const asked = question(db.transaction(name, 'readonly').objectStore(name))
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })
}

/** One value, or undefined. */
export const get = <T>(name: StoreName, key: IDBValidKey): Promise<T | undefined> =>
  ask(name, (store) => store.get(key) as IDBRequest<T | undefined>)

/** All values of a store, in key order. */
export const all = <T>(name: StoreName): Promise<T[]> => ask(name, (store) => store.getAll() as IDBRequest<T[]>)

/** Puts one value in a transaction of its own. */
export const put = (name: StoreName, value: unknown, key?: IDBValidKey): Promise<void> =>
  write([name], (stores) => void (key === undefined ? stores[name].put(value) : stores[name].put(value, key)))

/** Reads a value of the device store and writes what `change` makes of it, in one transaction. */
export async function change<T>(key: string, change: (before: T | undefined) => T): Promise<T> {
  let after: T | undefined
  await write(['device'], ({ device }) => {
    const asked = device.get(key)
    asked.onsuccess = () => device.put((after = change(asked.result as T | undefined)), key)
  })
  return after as T
}
