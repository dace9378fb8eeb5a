// The IPC channels of the page: to the agent and from it, and to the printers of this computer. The preload script is
// sandboxed and may import little: no zod here.
export const callChannel = 'madoguchi:call'
export const receptionChannel = 'madoguchi:reception'
export const printersChannel = 'madoguchi:printers'
export const printChannel = 'madoguchi:print'
