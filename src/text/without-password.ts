/** An address with the password in it hidden: `ssh://ops:REDACTED@build`. Anything else is left as it is. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/[^/:@]*:)[^/?#]*@/i, '$1REDACTED@')
}
