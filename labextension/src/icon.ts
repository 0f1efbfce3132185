import { LabIcon } from '@jupyterlab/ui-components';

/** A way down into a valley, and a ball in it. */
export const icon = new LabIcon({
  name: 'first-descent:map',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><g fill="none">' +
    '<path class="jp-icon3" stroke="#616161" stroke-width="2.4" stroke-linecap="round" ' +
    'd="M2.500 4.500C9 4.500 7 20.500 12 20.500S15 4.500 21.500 4.500"/></g>' +
    '<circle class="jp-icon3" fill="#616161" cx="12" cy="14.500" r="2.800"/></svg>'
});
