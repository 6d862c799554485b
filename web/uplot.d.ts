/* What curves.js uses of uPlot (web/package.json), which the build puts into uplot/. */
declare module "*/uPlot.esm.js" {
    export default class uPlot {
        constructor(options: object, data: (number | null)[][], place: HTMLElement);
        setData(data: (number | null)[][]): void;
        setSize(size: { width: number; height: number }): void;
        redraw(): void;
    }
}
