import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from '@/App.vue'
import { i18n, switchLocale } from '@/i18n'
import { router } from '@/router'
import { usePreferences } from '@/stores/preferences'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/controls.css'
import '@/styles/markdown.css'

const app = createApp(App).use(createPinia()).use(i18n)
void switchLocale(usePreferences().locale).then(() => app.use(router).mount('#app'))
