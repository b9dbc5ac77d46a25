/** Seconds since 1970 in ISO 8601, UTC. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
