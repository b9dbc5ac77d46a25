/** Whether a daemon's address is reached over TCP; `docker` takes `http://` for it too. */
export function isTcp(address: string): boolean {
  return /^(?:tcp|https?):\/\//i.test(address)
}

/** Whether only this host answers there. */
export function isLoopback(address: string): boolean {
  return /^\w+:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:\/|$)/i.test(address)
}
