/** Keywords that take one argument and of which the first one counts. */
export const SINGLE = [
  'hostname',
  'user',
  'port',
  'identitiesonly',
  'identityagent',
  'hostkeyalias',
  'connecttimeout',
  'stricthostkeychecking',
  'addressfamily',
  'bindaddress',
  'bindinterface',
  'canonicalizehostname',
  'pubkeyauthentication',
  'revokedhostkeys',
  'refuseconnection',
  'ciphers',
  'macs',
  'kexalgorithms',
  'hostkeyalgorithms',
] as const
export type SingleKeyword = (typeof SINGLE)[number]

/** Lists of files of which the first line that has any counts. */
export const FILE_LISTS = ['userknownhostsfile', 'globalknownhostsfile'] as const
export type FileListKeyword = (typeof FILE_LISTS)[number]

/** Two words for one thing. */
export const ALIASES: Readonly<Record<string, string>> = {
  identityfile2: 'identityfile',
  dsaauthentication: 'pubkeyauthentication',
}

/**
 * Keywords that change nothing of how we connect, or only what we never do: forwardings, passwords, terminals, shared
 * connections, how keys are learnt. Source: openssh 10.2 readconf.c, keywords; the last lines are Debian's and Apple's.
 */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set(
  `forwardagent forwardx11 forwardx11trusted forwardx11timeout gatewayports exitonforwardfailure passwordauthentication
  xauthlocation remoteforward localforward permitremoteopen certificatefile addkeystoagent escapechar connectionattempts
  batchmode checkhostip compression compressionlevel tcpkeepalive keepalive numberofpasswordprompts syslogfacility loglevel
  logverbose kbdinteractiveauthentication kbdinteractivedevices challengeresponseauthentication skeyauthentication
  tisauthentication dynamicforward preferredauthentications hostbasedauthentication clearallforwardings enablesshkeysign
  nohostauthenticationforlocalhost rekeylimit verifyhostkeydns gssapiauthentication gssapidelegatecredentials
  serveraliveinterval serveralivecountmax sendenv setenv controlpath controlmaster controlpersist hashknownhosts tunnel
  tunneldevice localcommand permitlocalcommand remotecommand visualhostkey ipqos requesttty sessiontype stdinnull
  forkafterauthentication proxyusefdpass canonicaldomains canonicalizefallbacklocal canonicalizemaxdots
  canonicalizepermittedcnames streamlocalbindmask streamlocalbindunlink fingerprinthash updatehostkeys
  hostbasedacceptedalgorithms hostbasedkeytypes pubkeyacceptedalgorithms pubkeyacceptedkeytypes casignaturealgorithms
  securitykeyprovider pkcs11provider smartcarddevice enableescapecommandline requiredrsasize obscurekeystroketiming
  channeltimeout tag versionaddendum warnweakcrypto knownhostscommand
  protocol cipher fallbacktorsh globalknownhostsfile2 rhostsauthentication userknownhostsfile2 useroaming usersh
  useprivilegedport afstokenpassing kerberosauthentication kerberostgtpassing rsaauthentication rhostsrsaauthentication
  noneenabled nonemacenabled noneswitch
  gssapikeyexchange gssapiclientidentity gssapiserveridentity gssapitrustdns gssapirenewalforcesrekey gssapikexalgorithms
  usekeychain`.split(/\s+/),
)
