import { isIP } from 'node:net'

/**
 * Whether Go's forgiving parser takes a text as an IP address: leading zeros in IPv4 are allowed, zones are not.
 * Source: k8s.io/utils/internal/third_party/forked/golang/net/ip.go, ParseIP.
 */
export function isSloppyIp(text: string): boolean {
  if (text.includes('%') || text.length > 100) return false
  if (isIP(text) !== 0) return true
  const parts = /^(.*:)?(\d{1,20}\.\d{1,20}\.\d{1,20}\.\d{1,20})$/.exec(text)
  if (parts === null) return false
  const plain = (parts[2] ?? '').split('.').map((octet) => octet.replace(/^0+(?=\d)/, ''))
  return isIP(`${parts[1] ?? ''}${plain.join('.')}`) !== 0
}

/** 4 or 6 for an IP address of that family, as Go's net/netip reads it, 0 for other texts. */
export function ipFamily(text: string): 0 | 4 | 6 {
  return isIP(text) as 0 | 4 | 6
}
