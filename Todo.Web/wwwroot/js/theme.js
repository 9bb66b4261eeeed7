// Runs before the first paint, so that nobody is dazzled by a white flash at night.
(() => {
  const theme = localStorage.getItem("theme");
  const density = localStorage.getItem("density");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (density === "compact") document.documentElement.dataset.density = density;
})();
