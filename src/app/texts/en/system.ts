/** What comes from the system or goes to it: sharing, notifications, the connection, the battery. */
export const system = {
  nothingArrived:
    'Nothing that Mynah can read has arrived. Share it again, or choose the file here.',
};
