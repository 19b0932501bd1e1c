// What the pictures of README and docs show: a real server with people, rooms and bots in it.
import { PASSWORD } from './server.mjs'

export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }

/** Three people, two rooms and some bots. */
export async function conversation(server) {
  const link = (await server.adminLink()).split('/').at(-1)
  const ann = await server.signUp('ann', { display_name: 'Ann Keller', link })
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Tea and plans' }, ann)
  const bo = await server.signUp('bo', { display_name: 'Bo Lindqvist', invite: invite.token })
  const ming = await server.signUp('xiaoming', { display_name: '陈小明', locale: 'zh-CN', invite: invite.token })
  const other = await server.rest('POST', '/rooms', { title: '中文讨论组' }, ming)
  await server.rest('POST', `/invites/${other.invite.token}`, {}, ann)
  await server.rest('POST', '/rooms', { title: 'Announcements', visibility: 'public' }, ann)
  const direct = await server.rest('POST', '/rooms', { direct: 'ann' }, bo)

  const say = async (token, text, where = room.uri) => {
    await server.post(where, text, token)
    await new Promise((resolve) => setTimeout(resolve, 400)) // a bot answers before the next one speaks
  }
  await say(bo, 'Morning! The kettle is on. What is left before Thursday?')
  await say(ann, 'The invite page, and `kill -9` under load. @bo, would you look at the second?')
  await say(bo, 'Sure. Like this?\n\n```cpp\nauto message = call.stream();\nfor (std::string word; words >> word && call.wait(80ms);)\n    message.append(word + \' \');  // grows as it is written\n```')
  await say(ming, '早上好！我把计划写好了，**请大家看一下**。')
  await say(ming, '/ask how do I invite someone?')
  await say(bo, '/dice 20')
  await say(ann, '太好了, that settles it.')
  const { messages } = await server.rest('GET', `/rooms/${room.uri}/messages`, undefined, ann)
  const react = (token, text, emoji) => {
    const { id } = messages.find((message) => message.text.includes(text))
    return server.rest('PUT', `/rooms/${room.uri}/messages/${id}/reactions/${encodeURIComponent(emoji)}`, undefined, token)
  }
  for (const token of [ann, bo, ming]) await react(token, 'that settles it', '🎉')
  await react(ming, 'Morning!', '☕')
  await react(ann, '计划写好了', '👍')
  await say(ming, '大家好，这里用中文聊天。', other.room.uri)
  await say(ming, '/dice 6', other.room.uri)
  await say(ming, '/poll "下午茶吃什么？" 绿豆糕 蛋挞 水果', other.room.uri)
  await say(bo, 'Lunch?', direct.room.uri)
  const reads = async (uri) => {
    const { last_seq } = await server.rest('GET', `/rooms/${uri}`, undefined, ann)
    await server.rest('POST', `/rooms/${uri}/read`, { seq: last_seq }, ann)
  }
  return { room: room.uri, poll: other.room.uri, reads }
}

/** A window in which ann is signed in; options as of Playwright's newContext. */
export async function signedIn(browser, server, options = {}) {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, baseURL: server.url, ...options })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator('input[name=username]').fill('ann')
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('form button').click()
  await page.getByRole('navigation').waitFor()
  return page
}
