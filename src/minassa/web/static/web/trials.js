// Sliders follow their number and the number its slider; without this script, numbers do everything.
document.querySelectorAll(".lever-slide").forEach((slide) => {
  const number = document.getElementById(slide.dataset.for);
  slide.hidden = false;
  slide.addEventListener("input", () => { number.value = slide.value; });
  number.addEventListener("input", () => { slide.value = number.value; });
});
