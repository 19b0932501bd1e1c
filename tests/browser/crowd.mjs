// A room in which somebody says 50 things a second.

const EVERY_MS = 20

/** ann at the page, bo over REST; `speaks(until)` ends when everything is sent and gives how much that was. */
export async function crowdedRoom(visit, server) {
  const token = await server.signUp('ann')
  const { room, invite } = await server.rest('POST', '/rooms', { title: 'Busy' }, token)
  const bo = await server.signUp('bo', { invite: invite.token })
  const ann = await visit()
  await ann.isThere('ann')
  await ann.goesTo(room.uri)

  async function speaks(until) {
    const began = Date.now()
    let sent = 0
    while (Date.now() < until) {
      const due = Math.floor((Date.now() - began) / EVERY_MS)
      const posts = []
      for (; sent < due; sent++) posts.push(server.post(room.uri, `word ${sent}: ${'lorem ipsum '.repeat(sent % 7)}`, bo))
      await Promise.all(posts)
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
    return sent
  }
  return { ann, speaks }
}

/** Bytes that the page's scripts hold, after what is free has been collected. */
export async function heapOf(person) {
  const devtools = await person.page.context().newCDPSession(person.page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  return usedSize
}
