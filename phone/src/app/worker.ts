/// <reference lib="webworker" />
// The service worker: the app opens without a network, and what waits is delivered when the network is back.
import list from 'virtual:precache'
import { alone, push } from '../sync/push.ts'
import { LAZY } from '../ui/lazy.ts'

declare const self: ServiceWorkerGlobalScope
const SHELL = '/phone/'
const KEPT = `shell-${list.version}`

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell())
})

async function keepShell(): Promise<void> {
  const cache = await caches.open(KEPT)
  await cache.addAll(list.files.map((file) => new Request(file, { cache: 'reload' })))
  await self.skipWaiting()
}

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()))
})

async function dropOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== KEPT)
  old.pop() // an open page of the version before may still ask for its own parts
  await Promise.all(old.map((name) => caches.delete(name)))
  const lazy = await caches.open(LAZY)
  const stale = (await lazy.keys()).filter(({ url }) => url.endsWith('.wasm') && !list.later.includes(new URL(url).pathname))
  await Promise.all(stale.map((request) => lazy.delete(request)))
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (url.pathname === '/phone' || (url.pathname.startsWith(SHELL) && request.mode === 'navigate')) {
    event.respondWith(shell(request))
  } else if (url.pathname.endsWith('.wasm') || url.pathname.endsWith('.woff2')) {
    event.respondWith(keptOnce(request))
  } else if (list.files.includes(url.pathname) || url.pathname.startsWith(SHELL)) {
    event.respondWith(kept(request))
  }
})

async function shell(request: Request): Promise<Response> {
  return (await caches.match(SHELL, { cacheName: KEPT })) ?? fetch(request)
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

async function keptOnce(request: Request): Promise<Response> {
  const cache = await caches.open(LAZY)
  const found = await cache.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

self.addEventListener('sync', (event) => {
  const retry = event as ExtendableEvent & { tag: string }
  if (retry.tag === 'push') retry.waitUntil(deliver())
})

async function deliver(): Promise<void> {
  await alone(push)
  new BroadcastChannel('zhegu').postMessage('outbox')
}
