/** What a view is called that stands for a control plane of which no host was read. */
export const CONTROL_PLANE = 'control plane'
