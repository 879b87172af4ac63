/**
 * The version of the protocol, which grows with every incompatible change of the table of methods and notifications.
 */
export const PROTOCOL_VERSION = 1;
