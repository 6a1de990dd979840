/** The body of step 2 is needed once there are tweets, and is loaded apart from the page. */
export const loadTrainBody = () => import('./train-body.tsx');
