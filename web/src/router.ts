import { createRouter, createWebHistory } from 'vue-router'
import { loadTexts } from '@/i18n'
import { useSession } from '@/stores/session'

declare module 'vue-router' {
  interface RouteMeta {
    open?: boolean // may be seen without an account
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/SignInPage.vue'), meta: { open: true } },
    { path: '/sign-up', name: 'sign-up', component: () => import('@/pages/SignUpPage.vue'), meta: { open: true } },
    { path: '/welcome/:link', name: 'welcome', component: () => import('@/pages/SignUpPage.vue'), props: true, meta: { open: true } },
    { path: '/join/:token', name: 'join', component: () => import('@/pages/JoinPage.vue'), props: true, meta: { open: true } },
    { path: '/reset/:token', name: 'reset', component: () => import('@/pages/ResetPage.vue'), props: true, meta: { open: true } },
    {
      path: '/',
      component: () => import('@/pages/ChatPage.vue'),
      children: [
        { path: '', name: 'home', component: () => import('@/pages/HomePage.vue') },
        { path: 'r/:uri/:message?', name: 'room', component: () => import('@/pages/RoomPage.vue'), props: true },
        { path: 'explore', name: 'explore', component: () => import('@/pages/ExplorePage.vue') },
        {
          path: 'settings',
          name: 'settings',
          component: async () => {
            await loadTexts('settings', 'tokens')
            return import('@/pages/SettingsPage.vue')
          },
        },
        {
          path: 'admin',
          component: async () => {
            await loadTexts('admin', 'tokens')
            return import('@/pages/admin/AdminPage.vue')
          },
          children: [
            { path: '', name: 'status', component: () => import('@/pages/admin/StatusPage.vue') },
            { path: 'plugins', name: 'plugins', component: () => import('@/pages/admin/PluginsPage.vue') },
            { path: 'commands', name: 'all-commands', component: () => import('@/pages/admin/InvocationsPage.vue') },
            { path: 'people', name: 'people', component: () => import('@/pages/admin/PeoplePage.vue') },
            { path: 'rooms', name: 'all-rooms', component: () => import('@/pages/admin/RoomsPage.vue') },
            { path: 'reports', name: 'all-reports', component: () => import('@/pages/admin/ReportsPage.vue') },
            { path: 'tokens', name: 'all-tokens', component: () => import('@/pages/admin/TokensPage.vue') },
            { path: 'audit', name: 'audit', component: () => import('@/pages/admin/AuditPage.vue') },
            { path: 'configuration', name: 'configuration', component: () => import('@/pages/admin/ConfigurationPage.vue') },
          ],
        },
      ],
    },
    { path: '/:path(.*)*', component: () => import('@/pages/NotFoundPage.vue'), meta: { open: true } },
  ],
})

router.beforeEach(async (to) => {
  const session = useSession()
  if (session.state === 'unknown') await session.load()
  if (session.state === 'out' && !to.meta.open)
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath }, replace: true }
  if (session.state === 'in' && (to.name === 'sign-in' || to.name === 'sign-up')) return { name: 'home' }
  return true
})

/** A chunk that is gone belongs to a build that is gone: load the page anew, once, at the address wanted. */
router.onError((error: Error, to) => {
  if (!/dynamically imported module|Importing a module|preload/i.test(error.message)) throw error
  if (sessionStorage.getItem('riposte.reloaded') === to.fullPath) return
  sessionStorage.setItem('riposte.reloaded', to.fullPath)
  location.assign(to.fullPath)
})
