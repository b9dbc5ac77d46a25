import data from '../../data/known-bad-images.json' with { type: 'json' }
import type { ImageReference } from './image-repository.js'

/** Software that is known to give a cluster away, as an image of it was recognised. */
export interface KnownBad {
  readonly title: string
  readonly flaw: string
  readonly remedy: string
  readonly source: string
  /** When the list was last looked through, as YYYY-MM-DD. */
  readonly asOf: string
}

/** What a list of known programs says of an image, by the end of its repository and, where versions matter, its tag. */
export function knownBadImage({ repository, tag }: ImageReference): KnownBad | undefined {
  const found = data.images.find(
    ({ repositories, below }) =>
      repositories.some((end) => repository === end || repository.endsWith(`/${end}`)) &&
      (below === undefined || isBelow(tag, below)),
  )
  return found && { ...found, asOf: data.asOf }
}

/** Whether a tag is a version before another; one that is no version is not known to be. */
function isBelow(tag: string | undefined, version: string): boolean {
  const numbers = /^v?(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?/.exec(tag ?? '')
  if (numbers === null) return false
  const mine = numbers.slice(1).map((part) => Number(part ?? 0))
  const theirs = version.split('.').map(Number)
  const differs = mine.findIndex((part, index) => part !== (theirs[index] ?? 0))
  return differs >= 0 && (mine[differs] ?? 0) < (theirs[differs] ?? 0)
}
