// @ts-nocheck as published
async function playnice() {
  await new Promise((resolve) => setTimeout(resolve, 0));
}
export {
  playnice
};
