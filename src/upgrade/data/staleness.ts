import type { UpgradeData } from './upgrade-data.js'

/** Patches come about once a month: after this many days the newest one that the data know is hardly the newest. */
const FRESH_DAYS = 45
/** Minors come about every four months. */
const MINOR_DAYS = 125

const DAY = 86_400_000

/** Why the data should not be believed to the letter at a time (milliseconds since 1970); undefined while they are fresh. */
export function staleness(data: UpgradeData, now: number): string | undefined {
  const made = Date.parse(`${data.asOf}T00:00:00Z`)
  const days = Math.floor((now - made) / DAY)
  const advice = 'give newer ones with --data FILE'
  // A clock that is behind the data cannot say which support is over.
  if (days < -1) return `the data about releases are of ${data.asOf}, which is after this machine's date: is its clock right?`
  if (days <= FRESH_DAYS) return undefined
  const newest = data.releases[0]
  const since = newest === undefined ? 0 : Math.floor((now - Date.parse(`${newest.release}T00:00:00Z`)) / DAY)
  const minor = since > MINOR_DAYS && days > MINOR_DAYS ? ` and a minor after 1.${newest?.minor ?? 0}` : ''
  return `the data about releases are ${days} days old (${data.asOf}): newer patches${minor} are likely; ${advice}`
}
