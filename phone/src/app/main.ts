import '../ui/style.css'
import { createApp } from 'vue'
import { arrivalsEffect } from '../arrivals/effects.ts'
import { careEffect } from '../care/effects.ts'
import { knowsHandedCards } from '../checking/judge.ts'
import { gateEffect } from '../checkpoints/effects.ts'
import { checkEffect, measureEffect } from '../monitoring/effects.ts'
import { runEffect } from '../deliveries/effects.ts'
import { askingEffect } from '../orders/effects.ts'
import { handoutEffect } from '../handouts/effects.ts'
import { dutyEffect } from '../rosters/effects.ts'
import { samplingEffect } from '../sampling/effects.ts'
import { handedHere } from '../sampling/tubes.ts'
import { directiveEffect } from '../outbreaks/effects.ts'
import { loadClock } from '../store/device.ts'
import { expireIfOld, startCourier } from '../sync/courier.ts'
import { entries, reload, useEffects } from '../sync/live.ts'
import { visitsEffect } from '../visits/effects.ts'
import { keepTibetan } from '../ui/lazy.ts'
import { chosenLanguage, speak } from '../ui/text.ts'
import App from './App.vue'
import { startRouter } from './router.ts'
import { startSession } from './session.ts'
import { wearAsBefore } from './theme.ts'
import { notice } from './trouble.ts'

useEffects([samplingEffect, gateEffect, arrivalsEffect, checkEffect, measureEffect, careEffect, visitsEffect, runEffect, dutyEffect, handoutEffect, askingEffect, directiveEffect])
knowsHandedCards((kid, serial) => handedHere(entries.value, kid, serial))

async function start(): Promise<void> {
  wearAsBefore()
  await speak(chosenLanguage())
  await loadClock()
  await reload()
  await expireIfOld()
  startRouter()
  startSession()
  startCourier()
  const app = createApp(App)
  app.config.errorHandler = notice
  addEventListener('unhandledrejection', (event) => notice(event.reason))
  app.mount('#app')
  void navigator.storage?.persist?.()
  void keepTibetan()
  if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js', { scope: '/phone/' })
}

void start()
