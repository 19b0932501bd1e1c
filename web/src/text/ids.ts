/** 128 random bits for a client_msg_id. crypto.randomUUID would need https, which a LAN may not have. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
