/** A user of a host with a home folder of their own. */
export interface Home {
  readonly user: string
  readonly path: string
}

/** Homes of services, which nobody logs into. */
const SYSTEM =
  /^\/(?:usr|bin|sbin|dev|proc|sys|run|boot|nonexistent|var\/(?:run|empty|cache|spool|log))(?:\/|$)|^\/$/

const MOST_HOMES = 500

/** The homes that passwd names, each once, in its order. */
export function homesOf(passwd: string): Home[] {
  const homes = new Map<string, Home>()
  for (const line of passwd.split('\n')) {
    const [user = '', , , , , path = ''] = line.split(':')
    const clean = path.replace(/\/+$/, '')
    if (user === '' || !clean.startsWith('/') || clean.length > 1024 || SYSTEM.test(clean)) continue
    if (!homes.has(clean) && homes.size < MOST_HOMES) homes.set(clean, { user, path: clean })
  }
  return [...homes.values()]
}
